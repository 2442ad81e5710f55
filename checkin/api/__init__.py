"""The door over HTTP, by who asks: phones at the poster, staff at the console, paired scanners."""
