/** Networks as pictures: Graphviz text, and SVG with a layout of our own. */
package dev.trifocal.apps.diagram;
