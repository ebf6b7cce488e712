package dev.aquifer.e2e.faults;

/** Something that goes wrong. */
@FunctionalInterface
interface Fault {
    void happen() throws Exception;
}
