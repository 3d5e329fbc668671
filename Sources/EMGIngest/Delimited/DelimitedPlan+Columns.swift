internal import EMGSignal
internal import PrintableText

// Which column is what.
extension DelimitedPlan {
    mutating func takeColumns(
        _ stated: DelimitedPreambleReader, template: SourceTemplate, layout: DelimitedLayout,
        options: ReadOptions, location: SourceLocation
    ) throws(IngestError) {
        let time = try index(of: layout.time, location)
        label = try index(of: layout.label, location)
        counter = try index(of: layout.counter, location)
        if let counter { counterBits = stated.width(ofColumn: counter) ?? layout.counterBits }
        var taken = Set([time, label, counter].compactMap { $0 })
        let (targets, targetColumns) = try targets(layout, taken: &taken, location)
        let columns = try sampleColumns(layout, taken: taken, location)
        noteUnused(taken.union(columns), location)
        details = stated.details
        let channels = Self.unique(
            columns.map { name(of: $0) }, unit: template.unit ?? options.unit)
        let rate = rate(stated, template: template, hasTime: time != nil)
        let split = ChannelKind.split(
            columns.map { column in
                stated.sensors[name(of: column)].map { ChannelKind(named: $0) } ?? .unknown
            })
        func part(_ name: String?, _ members: [Int]) -> Part {
            Part(
                name: name, channels: members.map { channels[$0] },
                columns: members.map { columns[$0] }, time: time, rate: rate, targets: targets,
                targetColumns: targetColumns)
        }
        parts = [part(nil, split.main)]
        guard !split.others.isEmpty else { return }
        parts.append(part(ChannelKind.othersName, split.others))
        if options.parts == .main {
            warnings.append(
                ChannelKind.leftOut(
                    split.others.map { index in
                        let name = channels[index].name
                        return stated.sensors[name].map { "\(name) (\($0))" } ?? name
                    }, part: ChannelKind.othersName, at: location))
        }
    }

    /// The columns of continuous quantities, which are assumed to be nothing else.
    private func targets(
        _ layout: DelimitedLayout, taken: inout Set<Int>, _ location: SourceLocation
    ) throws(IngestError) -> ([TargetDescription], columns: [Int]) {
        var targets: [TargetDescription] = []
        var targetColumns: [Int] = []
        for target in layout.targets {
            var columns: [Int] = []
            for column in target.places { columns += try indices(of: column, location) }
            for column in columns where !taken.insert(column).inserted {
                throw usedTwice(column, location)
            }
            let names =
                columns.count == 1 && target.dimensions.isEmpty
                ? [target.name] : columns.map { name(of: $0).trimmingBlanks() }
            targets.append(try target.description(names, at: location))
            targetColumns += columns
        }
        return (targets, targetColumns)
    }

    /// The columns of the channels: those that the layout names, else all that are left.
    private func sampleColumns(
        _ layout: DelimitedLayout, taken: Set<Int>, _ location: SourceLocation
    ) throws(IngestError) -> [Int] {
        var columns: [Int] = []
        if layout.channels.isEmpty {
            columns = (0..<width).filter { !taken.contains($0) && !isNameless($0) }
        } else {
            for column in layout.channels {
                // Of several patterns one that nothing fits names what other devices write.
                if case .named(let name) = column, name.contains("*"), fitting(name).isEmpty {
                    continue
                }
                columns += try indices(of: column, location)
            }
        }
        guard !columns.isEmpty else {
            throw IngestError(
                .missingColumn(
                    name: layout.channels.isEmpty
                        ? "channels" : layout.channels.map(\.description).joined(separator: ", "),
                    found: names), at: location,
                hint: delimiterHint ?? "the template names no column of samples that is there")
        }
        var seen: Set<Int> = []
        for column in columns where taken.contains(column) || !seen.insert(column).inserted {
            throw usedTwice(column, location)
        }
        return columns
    }

    private func usedTwice(_ column: Int, _ location: SourceLocation) -> IngestError {
        IngestError(
            .duplicateColumn(name: name(of: column)), at: location,
            hint: "the template uses the column twice: it is one of channels, time, counter, "
                + "label and targets")
    }

    private mutating func noteUnused(_ used: Set<Int>, _ location: SourceLocation) {
        for column in names.indices where !used.contains(column) && !isNameless(column) {
            warnings.append(
                IngestWarning(
                    .unusedColumn,
                    at: SourceLocation(file: location.file, line: 1, field: names[column]),
                    message: "the column is not used"))
        }
    }

    private func rate(
        _ stated: DelimitedPreambleReader, template: SourceTemplate, hasTime: Bool
    ) -> StreamMetadata.Rate {
        if let declared = template.rate {
            return .declared(declared, by: "template \(template.name)")
        }
        if let declared = stated.rate { return .declared(declared, by: "header") }
        return .unknown(
            reason: hasTime
                ? "there are no two samples with time stamps that go forward"
                : "neither the file nor the template says it")
    }

    private func isNameless(_ column: Int) -> Bool {
        !names.isEmpty && names[column].isEmpty
    }

    func name(of column: Int) -> String {
        names.isEmpty || names[column].isEmpty ? "ch\(column + 1)" : names[column]
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
    private func index(
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

    private func indices(
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

    private func fitting(_ pattern: String) -> [Int] {
        names.indices.filter {
            NamePattern.matches(
                names[$0].trimmingBlanks().lowercased(), pattern: pattern.lowercased())
        }
    }
}
