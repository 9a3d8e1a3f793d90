/**
 * NumPy's {@code .npy} files. Written here because the libraries on Maven Central do not fit:
 * org.jetbrains.bio:npy brings an old Kotlin runtime, org.openlca:npy allocates what a header asks
 * for before it looks at the file.
 */
package dev.trifocal.datasets.npy;
