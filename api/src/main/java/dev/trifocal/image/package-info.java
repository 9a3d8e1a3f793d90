/** Pictures on the host, and what they go through before a network reads them. No files here. */
package dev.trifocal.image;
