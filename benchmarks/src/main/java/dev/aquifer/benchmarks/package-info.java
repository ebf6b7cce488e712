/** What Aquifer costs: JMH of its pure parts. {@code benchmarks/run} runs them and saves what they measured. */
@NullMarked
package dev.aquifer.benchmarks;

import org.jspecify.annotations.NullMarked;
