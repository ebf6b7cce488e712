package dev.aquifer.node.fill;

/**
 * What all fills have in common.
 *
 * @param workers threads, and connections, of one fill
 * @param mostRecords a listing of more directories than this is refused
 * @param boot names this run of the machine
 */
public record FillOptions(int workers, long mostRecords, String boot) {}
