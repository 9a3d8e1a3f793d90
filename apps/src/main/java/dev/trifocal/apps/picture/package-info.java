/** What a classifier makes of pictures. */
package dev.trifocal.apps.picture;
