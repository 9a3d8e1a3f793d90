/** Classes that break the rules on purpose: the proofs that the rules can fail. */
package dev.trifocal.architecture.planted;
