"""What people see: pages, snapshots and sockets of console, phone and screen."""
