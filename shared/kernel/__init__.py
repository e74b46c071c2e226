"""What every feature may use: errors, ids, time, pages, texts and the ports of the process itself."""
