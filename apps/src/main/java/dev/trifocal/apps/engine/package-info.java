/** The engines that are on the class path. */
package dev.trifocal.apps.engine;
