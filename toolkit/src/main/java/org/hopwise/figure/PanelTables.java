package org.hopwise.figure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables one below the other: those of all panels with the panel's letter in front, or any. */
final class PanelTables {

    static final String PANEL = "panel";

    private PanelTables() {}

    static Table union(List<Spec> panels) {
        StringColumn letters = StringColumn.create(PANEL);
        for (int i = 0; i < panels.size(); i++) {
            for (int row = 0; row < panels.get(i).table.rowCount(); row++) {
                letters.append(Sheet.letter(i));
            }
        }
        Table union = Table.create("panels", letters);
        addStacked(union, panels.stream().map(panel -> panel.table).toList());
        return union;
    }

    /** Tables one below the other, empty where a table lacks a column. */
    static Table stack(List<Table> tables) {
        Table stacked = Table.create(tables.get(0).name());
        addStacked(stacked, tables);
        return stacked;
    }

    private static void addStacked(Table to, List<Table> tables) {
        Set<String> names = new LinkedHashSet<>();
        tables.forEach(table -> names.addAll(table.columnNames()));
        for (String name : names) {
            boolean taken = name.equalsIgnoreCase(PANEL) && to.columnNames().contains(PANEL);
            to.addColumns(joined(tables, name, taken ? name + " in table" : name));
        }
    }

    private static Column<?> joined(List<Table> tables, String name, String unique) {
        List<Column<?>> parts = new ArrayList<>();
        for (Table table : tables) {
            parts.add(table.columnNames().contains(name) ? table.column(name) : null);
        }
        List<Column<?>> present = parts.stream().filter(part -> part != null).toList();
        if (present.stream().allMatch(part -> part.type().equals(present.get(0).type()))) {
            return sameType(present.get(0).emptyCopy().setName(unique), parts, tables);
        }
        if (present.stream().allMatch(part -> part instanceof NumericColumn)) {
            DoubleColumn joined = DoubleColumn.create(unique);
            for (int p = 0; p < parts.size(); p++) {
                for (int row = 0; row < tables.get(p).rowCount(); row++) {
                    joined.append(parts.get(p) instanceof NumericColumn<?> part ? part.getDouble(row) : Double.NaN);
                }
            }
            return joined;
        }
        StringColumn joined = StringColumn.create(unique);
        for (int p = 0; p < parts.size(); p++) {
            for (int row = 0; row < tables.get(p).rowCount(); row++) {
                Column<?> part = parts.get(p);
                if (part == null || part.isMissing(row)) {
                    joined.appendMissing();
                } else {
                    joined.append(part.getUnformattedString(row));
                }
            }
        }
        return joined;
    }

    private static Column<?> sameType(Column<?> joined, List<Column<?>> parts, List<Table> tables) {
        for (int p = 0; p < parts.size(); p++) {
            for (int row = 0; row < tables.get(p).rowCount(); row++) {
                if (parts.get(p) == null || parts.get(p).isMissing(row)) {
                    joined.appendMissing();
                } else {
                    joined.appendObj(parts.get(p).get(row));
                }
            }
        }
        return joined;
    }
}
