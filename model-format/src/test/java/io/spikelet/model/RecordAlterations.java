package io.spikelet.model;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Compares records down to their arrays, and alters one field of them at a time. */
final class RecordAlterations {
    /**
     * A record in which one field differs.
     *
     * @param field the path of the field
     */
    record Altered(String field, Object value) {}

    private RecordAlterations() {}

    /** Text that is equal for equal records only, arrays and signs of zero included. */
    static String describe(Object value) {
        return switch (value) {
            case Record record -> {
                StringBuilder text = new StringBuilder(record.getClass().getSimpleName()).append('{');
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    text.append(component.getName())
                            .append('=')
                            .append(describe(get(record, component)))
                            .append(' ');
                }
                yield text.append('}').toString();
            }
            case List<?> list ->
                list.stream().map(RecordAlterations::describe).toList().toString();
            case Optional<?> optional ->
                optional.map(RecordAlterations::describe).orElse("nothing");
            case byte[] array -> Arrays.toString(array);
            case int[] array -> Arrays.toString(array);
            case float[] array -> Arrays.toString(array);
            default -> String.valueOf(value);
        };
    }

    /** All records that differ from this one in one field, leaving out those the records' own rules forbid. */
    static List<Altered> of(Object value, String path) {
        List<Altered> altered = new ArrayList<>();
        switch (value) {
            case Record record -> {
                RecordComponent[] components = record.getClass().getRecordComponents();
                for (int i = 0; i < components.length; i++) {
                    for (Altered part : of(get(record, components[i]), path + "." + components[i].getName())) {
                        Object copy = with(record, components, i, part.value());
                        if (copy != null) {
                            altered.add(new Altered(part.field(), copy));
                        }
                    }
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    for (Altered part : of(list.get(i), path + "[" + i + "]")) {
                        List<Object> copy = new ArrayList<>(list);
                        copy.set(i, part.value());
                        altered.add(new Altered(part.field(), copy));
                    }
                }
                if (list.size() > 1) {
                    List<Object> reversed = new ArrayList<>(list);
                    Collections.reverse(reversed);
                    altered.add(new Altered(path + " reversed", reversed));
                    altered.add(new Altered(path + " shortened", list.subList(0, list.size() - 1)));
                }
            }
            case Optional<?> optional -> {
                optional.ifPresent(present -> of(present, path)
                        .forEach(part -> altered.add(new Altered(part.field(), Optional.of(part.value())))));
                optional.ifPresent(_ -> altered.add(new Altered(path + " left out", Optional.empty())));
            }
            case Enum<?> constant -> {
                for (Object other : constant.getDeclaringClass().getEnumConstants()) {
                    if (other != constant) {
                        altered.add(new Altered(path, other));
                    }
                }
            }
            case Integer number -> {
                altered.add(new Altered(path, number + 1));
                altered.add(new Altered(path, number - 1));
            }
            case Long number -> altered.add(new Altered(path, Long.MAX_VALUE - number));
            case Double number -> altered.add(new Altered(path, (number.isNaN() ? 0 : number) + 1.25));
            case Float number -> altered.add(new Altered(path, number + 1.25f));
            case Byte number -> altered.add(new Altered(path, (byte) (number ^ 1)));
            case Boolean flag -> altered.add(new Altered(path, !flag));
            case String text -> altered.add(new Altered(path, text + "é"));
            default -> arrayElements(value, path, altered);
        }
        return altered;
    }

    /** The paths of all fields that hold no record themselves. */
    static List<String> fields(Object value, String path) {
        List<String> fields = new ArrayList<>();
        switch (value) {
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    fields.addAll(fields(get(record, component), path + "." + component.getName()));
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    fields.addAll(fields(list.get(i), path + "[" + i + "]"));
                }
            }
            case Optional<?> optional -> optional.ifPresent(present -> fields.addAll(fields(present, path)));
            default -> fields.add(path);
        }
        return fields;
    }

    private static void arrayElements(Object array, String path, List<Altered> altered) {
        int length = Array.getLength(array);
        for (int i = 0; i < length; i += Math.max(1, length / 4)) {
            Object copy = Array.newInstance(array.getClass().getComponentType(), length);
            System.arraycopy(array, 0, copy, 0, length);
            Array.set(copy, i, of(Array.get(array, i), path).getFirst().value());
            altered.add(new Altered(path + "[" + i + "]", copy));
        }
        Object longer = Array.newInstance(array.getClass().getComponentType(), length + 1);
        System.arraycopy(array, 0, longer, 0, length);
        altered.add(new Altered(path + " lengthened", longer));
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object with(Record record, RecordComponent[] components, int index, Object value) {
        try {
            Class<?>[] types = new Class<?>[components.length];
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = i == index ? value : get(record, components[i]);
            }
            return record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return null;
            }
            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
