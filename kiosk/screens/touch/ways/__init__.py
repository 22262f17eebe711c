"""Ways through an exhibition: map and cities, timeline, programme, declaration, lists."""
