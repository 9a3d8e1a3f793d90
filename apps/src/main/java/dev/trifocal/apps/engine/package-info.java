/** The engines on the class path. */
package dev.trifocal.apps.engine;
