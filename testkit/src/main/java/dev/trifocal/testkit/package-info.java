/**
 * The conformance kit: what every backend must do. Contracts are abstract JUnit classes; a backend
 * extends each with a class that names its {@link dev.trifocal.backend.Backend}. Expected values
 * come from PyTorch in double precision, by the script {@code testkit/golden/make_golden.py}; the
 * cases stand twice by the same names, there in PyTorch and here as graphs, and the kit's own tests
 * hold the two to one another.
 */
package dev.trifocal.testkit;
