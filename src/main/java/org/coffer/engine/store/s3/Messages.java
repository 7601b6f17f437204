package org.coffer.engine.store.s3;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.simpleframework.xml.Serializer;
import org.simpleframework.xml.convert.AnnotationStrategy;
import org.simpleframework.xml.core.Persister;
import org.simpleframework.xml.filter.Filter;
import org.simpleframework.xml.stream.Format;

/** Writes and reads the messages of S3, whose forms are the MinIO client's. What a message has beyond its form is passed over. */
final class Messages {
    private Messages() {}

    /** This text is no such message. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(Exception cause) {
            super(cause);
        }
    }

    private static Serializer serializer() {
        // Text stays what it is, whatever the library would put in place of ${…}.
        Filter literally = name -> "${" + name + "}";
        return new Persister(new AnnotationStrategy(), literally, new Format(0));
    }

    static <T> T read(Class<T> type, String text) throws Unreadable {
        try {
            return serializer().read(type, text, false);
        } catch (Exception e) { // The library declares nothing better.
            throw new Unreadable(e);
        }
    }

    static byte[] write(Object message) {
        StringWriter text = new StringWriter();
        try {
            serializer().write(message, text);
        } catch (Exception e) { // Nor here.
            throw new IllegalStateException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
