"""The English edition, made from the Chinese notebooks and the catalogues in docs/locale/en."""
