internal import EMGSignal
internal import PrintableText

// Which column a name means, and what its channel is called.
extension DelimitedPlan {
    func isNameless(_ column: Int) -> Bool {
        !names.isEmpty && names[column].isEmpty
    }

    func name(of column: Int) -> String {
        names.isEmpty || names[column].isEmpty ? "ch\(column + 1)" : names[column]
    }

    /// The name of a column's channel, without unit and with its group.
    func title(of column: Int) -> String {
        titles.titles.isEmpty || titles.titles[column].isEmpty
            ? name(of: column) : titles.titles[column]
    }

    /// Channels with names that differ: a name that stands again gets a number.
    static func unique(_ names: [String], unit: String) -> [Channel] {
        var seen: Set<String> = []
        return names.map { name in
            var unique = name
            var number = 2
            while !seen.insert(unique).inserted {
                unique = "\(name)_\(number)"
                number += 1
            }
            return Channel(name: unique, unit: unit)
        }
    }

    /// The one column that is meant; `nil` for no column.
    func index(
        of column: DelimitedLayout.Column?, _ location: SourceLocation
    ) throws(IngestError) -> Int? {
        guard let column else { return nil }
        let found = try indices(of: column, location)
        guard found.count == 1 else {
            throw IngestError(
                .duplicateColumn(name: name(of: found[0])), at: location,
                hint: "the template must mean one column")
        }
        return found[0]
    }

    func indices(
        of column: DelimitedLayout.Column, _ location: SourceLocation
    ) throws(IngestError) -> [Int] {
        switch column {
        case .number(let number):
            guard number <= width else {
                throw IngestError(
                    .fieldCount(expected: number, found: width), at: location,
                    hint: delimiterHint ?? "the template names a column that is not there")
            }
            return [number - 1]
        case .named(let pattern):
            let found = fitting(pattern)
            guard !found.isEmpty else {
                throw IngestError(
                    .missingColumn(name: pattern, found: names), at: location,
                    hint: delimiterHint ?? "")
            }
            return found
        }
    }

    /// The line of a template that divides what is one column by the one it has; `nil` when
    /// columns are divided or nothing stands between them.
    var delimiterHint: String? {
        otherDelimiter.map {
            "a row is one column by the template's delimiter; say \"delimiter: \($0)\" under "
                + "\"delimited\" if that stands between columns"
        }
    }

    func fitting(_ pattern: String) -> [Int] {
        let pattern = pattern.lowercased()
        return names.indices.filter { column in
            [names[column], titles.titles[column]].contains {
                NamePattern.matches($0.trimmingBlanks().lowercased(), pattern: pattern)
            }
        }
    }
}
