/** The legality dossier of a meeting: what is kept for the year in which a decision can be challenged (CC 280, JI 12; D7), as named files. Not the archive that holds them. */
export {};
