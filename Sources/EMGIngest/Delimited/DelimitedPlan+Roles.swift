internal import EMGSignal

// Columns that are no samples.
extension DelimitedPlan {
    /// The column of times; of several that a pattern fits the first.
    mutating func timeColumn(
        _ layout: DelimitedLayout, _ location: SourceLocation
    ) throws(IngestError) -> Int? {
        guard let column = layout.time else { return nil }
        let found = try indices(of: column, location)
        if found.count > 1, case .named(let pattern) = column, pattern.contains("*") {
            warnings.append(
                IngestWarning(
                    .assumption, at: location,
                    message: "\(found.count) columns fit \"\(pattern)\": "
                        + "\"\(name(of: found[0]))\" is taken for the time"))
            return found[0]
        }
        return try index(of: column, location)
    }

    /// The unit that the header gives for a column of times.
    func clockUnit(ofColumn column: Int) -> DelimitedLayout.ClockUnit? {
        guard !titles.units.isEmpty else { return nil }
        let unit = titles.units[column].lowercased()
        if unit.hasPrefix("yyyy") || unit.hasPrefix("hh:") { return .wallClock }
        return AcqKnowledgeHead.axisUnit(unit).map { .seconds($0) }
    }

    /// The column of labels; a pattern may fit nothing.
    func labelColumn(
        _ layout: DelimitedLayout, _ location: SourceLocation
    ) throws(IngestError) -> Int? {
        if case .named(let pattern)? = layout.label, pattern.contains("*"),
            fitting(pattern).isEmpty
        {
            return nil
        }
        return try index(of: layout.label, location)
    }

    /// The columns that the template ignores, as far as they are there.
    func ignoredColumns(_ layout: DelimitedLayout) -> Set<Int> {
        Set(
            layout.ignored.flatMap { column -> [Int] in
                switch column {
                case .number(let number): number <= width ? [number - 1] : []
                case .named(let pattern): fitting(pattern)
                }
            })
    }

    /// The columns of time when there is one for each channel or group.
    func clockColumns(
        _ layout: DelimitedLayout, _ location: SourceLocation
    ) throws(IngestError) -> [Int] {
        var columns: Set<Int> = []
        for column in layout.clock?.columns ?? [] {
            columns.formUnion(try indices(of: column, location))
        }
        return columns.sorted()
    }

    /// The columns of continuous quantities, which are assumed to be nothing else.
    func targets(
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
}
