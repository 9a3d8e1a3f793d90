/** Files damaged at random, to see that reading them always ends in a value or a message, soon. */
package dev.trifocal.apps.mutation;
