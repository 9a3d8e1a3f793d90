package dev.trifocal.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.trifocal.error.TrifocalException;

/**
 * Converts Jackson's exceptions to messages for users, with the place in the file and without class
 * names.
 */
final class JsonProblem {
  private JsonProblem() {}

  static String of(JsonProcessingException problem) {
    return problem instanceof JsonMappingException mapping
        ? place(mapping) + text(mapping)
        : "is not valid JSON (%s)".formatted(QuotedText.of(problem.getOriginalMessage()));
  }

  private static String text(JsonMappingException problem) {
    if (problem instanceof UnrecognizedPropertyException unknown) {
      return "unknown field '%s'".formatted(QuotedText.of(unknown.getPropertyName()));
    }
    if (problem instanceof InvalidTypeIdException kind) {
      return kind.getTypeId() == null
          ? "the field 'kind' is missing"
          : "this version of Trifocal does not support the kind '%s'"
              .formatted(QuotedText.of(kind.getTypeId()));
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof TrifocalException ours) {
        return ours.getMessage();
      }
    }
    String said = problem.getOriginalMessage();
    return said.startsWith("Missing creator property")
        ? "the field is missing"
        : "the value is not of the field's type";
  }

  private static String place(JsonMappingException problem) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference step : problem.getPath()) {
      if (step.getFieldName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(QuotedText.of(step.getFieldName()));
      }
    }
    return place.isEmpty() ? "" : place + ": ";
  }
}
