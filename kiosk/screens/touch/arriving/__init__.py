"""How a visit begins: the attract screen, its turns, and the home screen."""
