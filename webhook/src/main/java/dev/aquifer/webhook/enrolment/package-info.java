/**
 * Certificates for node agents and origins, at {@code POST /v1/certificates}: whoever shows a service-account token that
 * is bound to a pod gets a certificate with the name that the token proves, and no other.
 */
@NullMarked
package dev.aquifer.webhook.enrolment;

import org.jspecify.annotations.NullMarked;
