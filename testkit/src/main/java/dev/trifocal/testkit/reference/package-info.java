/**
 * The reference implementation of all layers and losses: slow, simple loops in double precision,
 * forward only, without an engine. It is tested against PyTorch's golden values and provides
 * expected values where there are none, such as for random graphs; finite differences of its losses
 * provide gradients.
 */
package dev.trifocal.testkit.reference;
