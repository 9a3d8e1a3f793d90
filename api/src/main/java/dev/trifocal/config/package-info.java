/** Settings: HOCON files, system properties and flags, with every problem reported at once. */
package dev.trifocal.config;
