/**
 * Published networks, one class per source, found by name through {@link dev.trifocal.zoo.Zoo}. A
 * model states what its source states and nothing else; sizes after a flatten are inferred from the
 * input, so a network drawn for other images needs no arithmetic.
 */
package dev.trifocal.zoo;
