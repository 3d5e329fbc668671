internal import EMGSignal
internal import PrintableText

// Which column is what.
extension DelimitedPlan {
    /// Settles what each column is.
    mutating func takeColumns(
        _ table: inout DelimitedTable, _ stated: StatedRates, template: SourceTemplate,
        layout: DelimitedLayout, options: ReadOptions, location: SourceLocation
    ) throws(IngestError) {
        let time = try timeColumn(layout, location)
        timeUnit = layout.clock?.unit ?? time.flatMap { clockUnit(ofColumn: $0) } ?? .seconds(1)
        label = try labelColumn(layout, location)
        blockColumn = try index(of: layout.blockColumn, location)
        counter = try index(of: layout.counter, location)
        if let counter { counterBits = stated.width(ofColumn: counter) ?? layout.counterBits }
        let ignored = ignoredColumns(layout)
        let clocks = try clockColumns(layout, location)
        var taken = Set([time, label, counter, blockColumn].compactMap { $0 }).union(clocks)
        let (targets, targetColumns) = try targets(layout, taken: &taken, location)
        let columns = try sampleColumns(layout, taken: taken, ignored: ignored, location)
        noteUnused(taken.union(columns).union(ignored), location)
        let channels = zip(
            Self.unique(columns.map { title(of: $0) }, unit: ""), columns
        ).map { channel, column in
            Channel(name: channel.name, unit: unit(of: column, layout, template, options))
        }
        let hertz = columns.map { titles.hertz.isEmpty ? nil : titles.hertz[$0] }
        if !clocks.isEmpty || Set(hertz.compactMap(\.self)).count > 1 {
            mayEnd = true
            let signals = try signals(
                columns, channels, clocks: clocks, rate: stated.rate, layout, table: &table)
            try takeSignals(
                clocks.isEmpty ? Self.sharing(time, signals) : signals, options: options,
                location: location)
            try scale(layout, columns, location)
            return
        }
        var rated = stated
        if let common = hertz.compactMap(\.self).first {
            rated.rate = try Self.rate(common, at: location)
        }
        let rate = rate(rated, template: template, hasTime: time != nil)
        let split = ChannelKind.split(
            zip(columns, channels).map { column, channel in
                if let sensor = stated.sensors[name(of: column)] {
                    return ChannelKind(named: sensor)
                }
                guard titles.saysKinds, layout.channels.isEmpty else { return .unknown }
                return ChannelKind(column: channel.name, unit: channel.unit)
            })
        func part(_ name: String?, _ members: [Int]) -> Part {
            Part(
                name: name, channels: members.map { channels[$0] },
                columns: members.map { columns[$0] }, time: time, rate: rate,
                statedRows: statedRows(members.map { columns[$0] }), targets: targets,
                targetColumns: targetColumns)
        }
        parts = [part(nil, split.main)]
        if !split.others.isEmpty {
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
        try scale(layout, columns, location)
    }

    /// Divides signals of several rates into parts.
    mutating func takeSignals(
        _ signals: [DelimitedSignal], options: ReadOptions, location: SourceLocation
    ) throws(IngestError) {
        let divided = try SignalParts(signals, at: location)
        parts = divided.parts
        for index in parts.indices { parts[index].statedRows = statedRows(parts[index].columns) }
        if options.parts == .main { warnings += divided.leftOut }
    }

    /// How many rows the header says some columns have.
    private func statedRows(_ columns: [Int]) -> Int? {
        titles.counts.isEmpty ? nil : columns.compactMap { titles.counts[$0] }.max()
    }

    /// Settles how numbers become samples.
    private mutating func scale(
        _ layout: DelimitedLayout, _ columns: [Int], _ location: SourceLocation
    ) throws(IngestError) {
        guard !layout.scale.isEmpty || !layout.offset.isEmpty else { return }
        func each(
            _ values: [Double], _ key: String, standard: Double
        ) throws(IngestError) -> [Int: Double] {
            guard values.count <= 1 || values.count == columns.count else {
                throw IngestError(
                    .inconsistent(
                        expected: "\(columns.count) numbers, one for each channel",
                        found: "\(values.count)"), at: location,
                    hint: "correct \"\(key)\" in the template; one number is for all channels")
            }
            return Dictionary(
                uniqueKeysWithValues: columns.enumerated().map { index, column in
                    (column, values.count > 1 ? values[index] : values.first ?? standard)
                })
        }
        let scale = try each(layout.scale, "scale", standard: 1)
        let offset = try each(layout.offset, "offset", standard: 0)
        for index in parts.indices {
            parts[index].scaling = ADCScaling(
                scale: parts[index].columns.map { scale[$0] ?? 1 },
                offset: parts[index].columns.map { offset[$0] ?? 0 })
        }
    }

    /// The unit of a column: what the header says, else the template, else the caller.
    private func unit(
        of column: Int, _ layout: DelimitedLayout, _ template: SourceTemplate,
        _ options: ReadOptions
    ) -> String {
        if !titles.units.isEmpty, !titles.units[column].isEmpty { return titles.units[column] }
        // The unit of EMG is not that of what is none.
        if titles.saysKinds, layout.channels.isEmpty,
            ChannelKind(column: title(of: column), unit: "") == .other
        {
            return ""
        }
        return unit ?? template.unit ?? options.unit
    }

    /// The columns of the channels: those that the layout names, else all that are left.
    private func sampleColumns(
        _ layout: DelimitedLayout, taken: Set<Int>, ignored: Set<Int>,
        _ location: SourceLocation
    ) throws(IngestError) -> [Int] {
        var columns: [Int] = []
        if layout.channels.isEmpty {
            columns = (0..<width).filter {
                !taken.contains($0) && !ignored.contains($0) && !isNameless($0)
            }
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

    func usedTwice(_ column: Int, _ location: SourceLocation) -> IngestError {
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
                    at: SourceLocation(
                        file: location.file, line: namesLine, field: names[column]),
                    message: "the column is not used"))
        }
    }

    private func rate(
        _ stated: StatedRates, template: SourceTemplate, hasTime: Bool
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
}
