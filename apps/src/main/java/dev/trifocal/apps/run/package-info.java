/** Run directories and the settings that they were started with. */
package dev.trifocal.apps.run;
