/** The admission server: AdmissionReview v1 over HTTPS. Nothing outside knows the review or HTTP. */
@NullMarked
package dev.aquifer.webhook.admission;

import org.jspecify.annotations.NullMarked;
