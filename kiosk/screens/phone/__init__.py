"""Plain server-rendered pages behind the QR codes."""
