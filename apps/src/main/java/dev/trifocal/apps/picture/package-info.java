/** Pictures from files to what a model reads, and what a classifier makes of them. */
package dev.trifocal.apps.picture;
