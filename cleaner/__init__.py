"""Indonesian text cleaning and typo correction with an exact, reversible log of every change."""
