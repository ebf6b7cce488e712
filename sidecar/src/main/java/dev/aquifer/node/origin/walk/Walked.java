package dev.aquifer.node.origin.walk;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Totals;

/** A directory that was walked: the hash of its record and what lies below it, itself not counted. */
record Walked(Hash content, Totals totals) {}
