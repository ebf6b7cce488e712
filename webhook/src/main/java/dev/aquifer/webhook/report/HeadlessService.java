package dev.aquifer.webhook.report;

/** A Service whose name leads to each of its pods, in the namespace of its user. */
public record HeadlessService(String name, int port) {}
