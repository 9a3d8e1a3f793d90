/** Images on the host and their preprocessing. Image files are not read here. */
package dev.trifocal.image;
