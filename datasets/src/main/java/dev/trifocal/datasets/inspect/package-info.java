/** What is in a folder of pictures, for people: sizes, twins among the pictures, contact sheets. */
package dev.trifocal.datasets.inspect;
