/** One training from the command line: first state, loop, last words; interruption and resume. */
package dev.trifocal.apps.training;
