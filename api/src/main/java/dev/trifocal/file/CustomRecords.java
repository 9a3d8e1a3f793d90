package dev.trifocal.file;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;

/** Installs {@link CustomRecordReader} for user-defined records. */
final class CustomRecords extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1;

  private final transient CustomKinds customs;

  CustomRecords(CustomKinds customs) {
    this.customs = customs;
  }

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> reader) {
    return customs.has(bean.getBeanClass()) ? new CustomRecordReader(reader) : reader;
  }
}
