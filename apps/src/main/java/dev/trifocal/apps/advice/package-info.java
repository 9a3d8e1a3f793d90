/** What would make a training take less memory, and what it would cost. */
package dev.trifocal.apps.advice;
