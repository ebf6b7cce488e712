package dev.aquifer.webhook.admission;

/** One webhook with all that answers it; shared by the event loops. */
record Endpoint(Webhook webhook, AdmissionContext context, Reviewer reviewer) {}
