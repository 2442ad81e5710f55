"""What an evening came to, in figures that speak of nobody: measures, plots, targets and the series' earlier evenings."""
