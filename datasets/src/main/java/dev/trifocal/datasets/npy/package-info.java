/**
 * NumPy's {@code .npy} files. A separate implementation, because org.jetbrains.bio:npy requires an
 * old Kotlin runtime and org.openlca:npy allocates the size stated in a header before checking the
 * file.
 */
package dev.trifocal.datasets.npy;
