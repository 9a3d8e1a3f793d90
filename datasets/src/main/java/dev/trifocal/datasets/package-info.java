/**
 * Data sets by name ({@link dev.trifocal.datasets.DatasetRegistry}) and their sources: local or
 * downloaded files, arrays, image folders and generated digits. Subpackages implement the file
 * formats and do not depend on this package.
 */
package dev.trifocal.datasets;
