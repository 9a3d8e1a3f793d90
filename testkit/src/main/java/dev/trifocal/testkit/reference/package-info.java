/**
 * What every layer and every loss means, written as slow and obvious loops in double precision:
 * forward only, no engine, no cleverness. It is judged by PyTorch's golden values and judges in
 * turn whatever has none, such as random graphs; finite differences of its losses judge gradients.
 */
package dev.trifocal.testkit.reference;
