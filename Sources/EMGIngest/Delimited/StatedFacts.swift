internal import Documents
internal import EMGSignal
internal import Foundation
internal import PrintableText

/// What the lines before a table say.
struct StatedFacts: Sendable {
    /// A line as text.
    private struct Line: Sendable {
        let number: Int
        let text: String
        /// The object of JSON that it is; `nil` for anything else.
        let object: DocumentValue?
    }

    /// A value that was found.
    private struct Value {
        let text: String
        let texts: [String]?
        let line: Int
        /// What the form of the line has behind the value.
        var rest = ""
    }

    /// The sampling rate.
    private(set) var rate: SamplingRate?
    /// The unit of all samples.
    private(set) var unit: String?
    /// The names of the columns.
    private(set) var names: [String] = []
    /// The units of the columns.
    private(set) var units: [String] = []
    /// The rates of the columns in hertz.
    private(set) var hertz: [Double?] = []
    /// Whether names, units and rates are those of the last columns, not of all.
    private(set) var isOfLast = false
    /// How many rows there are.
    private(set) var rows: Int?
    /// What was asked for and not found.
    private(set) var warnings: [IngestWarning] = []
    private let lines: [Line]
    private let file: String

    /// Looks for what a layout asks for.
    ///
    /// - Parameters:
    ///   - head: The lines.
    ///   - table: The table behind them.
    ///   - layout: What is asked for.
    ///   - texts: The encoding of the file.
    /// - Throws: ``IngestError`` for a value that is no rate or number.
    init(
        _ head: DelimitedHead, _ table: borrowing DelimitedTable, layout: DelimitedLayout,
        texts: inout TextDecoding
    ) throws(IngestError) {
        let asked = layout.stated
        file = table.file
        guard !asked.isEmpty else {
            lines = []
            return
        }
        var lines: [Line] = []
        for line in head.stated {
            let text = try table.decode(line.bytes[...], line: line.number, &texts)
            let content = text.drop { !"{".contains($0) && ("#%;/ \t".contains($0)) }
            let object =
                content.hasPrefix("{")
                ? try? Document(json: content.utf8, name: table.file).cursor.value : nil
            lines.append(Line(number: line.number, text: text, object: object))
        }
        self.lines = lines
        try takeRate(asked)
        unit = find(asked.unit).map { $0.text.trimmingBlanks() }
        rows = try find(asked.rows).map { value throws(IngestError) in
            try number(of: value, "a number of rows") { $0 >= 0 && $0 < 1e15 }
        }.map { Int($0) }
        names = find(asked.names).map { list($0, table) } ?? []
        if names.isEmpty { miss(asked.names, "names") }
        takeUnits(asked, table)
        hertz = find(asked.rates).map { list($0, table).map(LeadingNumber.read) } ?? []
        if let channel = asked.channel { try takeChannels(channel) }
    }

    /// Takes a line for each channel.
    private mutating func takeChannels(_ form: TextPattern) throws(IngestError) {
        for line in lines {
            guard let captures = form.captures(of: line.text) else { continue }
            names.append(captures["name"] ?? "")
            units.append(captures["unit"] ?? "")
            guard let text = captures["rate_hz"] else { continue }
            guard let rate = LeadingNumber.read(text), rate > 0 else {
                throw IngestError(
                    .invalidCell(expected: "a rate in hertz", found: text),
                    at: SourceLocation(file: file, line: line.number),
                    hint: "\"stated.channel\" in the template says how such lines are")
            }
            hertz.append(rate)
        }
        isOfLast = true
        if names.isEmpty { miss([form.text], "channel") }
    }

    /// Takes the units; what the first key leaves open the next ones may tell.
    private mutating func takeUnits(_ asked: StatedLayout, _ table: borrowing DelimitedTable) {
        for key in asked.units {
            guard let value = find([key]) else { continue }
            let more = list(value, table).map(Self.unit)
            if units.isEmpty {
                units = more
            } else {
                for index in units.indices where units[index].isEmpty && index < more.count {
                    units[index] = more[index]
                }
            }
        }
    }

    /// The unit in a cell: without the number of a range before it; `*` stands for none.
    private static func unit(_ cell: String) -> String {
        let unit = cell.drop { $0.isASCII && ($0.isNumber || "+-.,".contains($0)) }
        let plain = String(unit).trimmingBlanks()
        return plain == "*" ? "" : plain
    }

    private mutating func takeRate(_ asked: StatedLayout) throws(IngestError) {
        var hertz: (Double, Value)?
        if let value = find(asked.rate) {
            hertz = (try number(of: value, "a rate in hertz") { $0 > 0 }, value)
        } else if let value = find(asked.interval) {
            let interval = try number(of: value, "the time between samples") { $0 > 0 }
            guard let unit = Self.seconds(inUnitOf: value.text, value.rest) else {
                throw IngestError(
                    .invalidCell(expected: "a time with its unit", found: value.text),
                    at: SourceLocation(file: file, line: value.line),
                    hint: "units are s, ms, us and min")
            }
            // One division rounds once.
            hertz = (unit < 1 ? (1 / unit).rounded() / interval : 1 / (interval * unit), value)
        }
        guard let (hertz, value) = hertz else {
            miss(asked.rate + asked.interval, asked.rate.isEmpty ? "interval" : "rate_hz")
            return
        }
        do throws(SignalError) {
            rate = try SamplingRate(hertz: hertz)
        } catch {
            throw IngestError(
                .unknownRate(reason: error.description),
                at: SourceLocation(file: file, line: value.line),
                hint: "say the rate (--rate, or rate_hz in the template)")
        }
    }

    // MARK: - Looking for a value

    /// The value of the first key or form that is there.
    private func find(_ asked: [String]) -> Value? {
        for text in asked {
            if text.contains("{") {
                guard let form = TextPattern(text, captures: [""]) else { continue }
                for line in lines {
                    guard let value = form.captures(of: line.text)?[""] else { continue }
                    let rest = text[(text.range(of: "{}")?.upperBound ?? text.endIndex)...]
                    return Value(
                        text: value, texts: nil, line: line.number, rest: String(rest))
                }
            } else if let value = value(ofKey: text) {
                return value
            }
        }
        return nil
    }

    /// Says that nothing of what was asked for is there.
    private mutating func miss(_ asked: [String], _ what: String) {
        guard !asked.isEmpty else { return }
        warnings.append(
            IngestWarning(
                .headerFault, at: SourceLocation(file: file),
                message: "no line before the table says "
                    + asked.map { "\"\($0)\"" }.joined(separator: " or ")
                    + " (stated.\(what) of the template)"))
    }

    private func value(ofKey key: String) -> Value? {
        let wanted = key.lowercased()
        for (index, line) in lines.enumerated() {
            if let object = line.object {
                guard let value = Self.member(wanted, of: object) else { continue }
                return Value(
                    text: value.first ?? "", texts: value.count > 1 ? value : nil,
                    line: line.number)
            }
            if index + 1 < lines.count,
                let value = Self.value(below: wanted, line.text, lines[index + 1].text)
            {
                return Value(text: value, texts: nil, line: lines[index + 1].number)
            }
            if let rest = Self.rest(of: line.text, behind: wanted) {
                return Value(text: rest, texts: nil, line: line.number)
            }
        }
        return nil
    }

    /// The value in a row of values below a row of keys; `nil` when the two are none.
    private static func value(below key: String, _ first: String, _ second: String) -> String? {
        let keys = cells(first)
        let values = cells(second)
        guard keys.count > 1, keys.count == values.count,
            let place = keys.firstIndex(where: { $0.lowercased() == key })
        else { return nil }
        // A key with its value behind it, as in the line below.
        if place == 0, keys.count == 2 || LeadingNumber.read(keys[1]) != nil { return nil }
        return values[place]
    }

    /// What stands behind a key and what divides it from its value.
    private static func rest(of text: String, behind key: String) -> String? {
        let trimmed = text.drop { " \t\"'".contains($0) }
        guard trimmed.lowercased().hasPrefix(key) else { return nil }
        let rest = trimmed.dropFirst(key.count).drop { "\"' ".contains($0) }
        guard let mark = rest.first, ":=,;\t".contains(mark) else { return nil }
        let value = rest.dropFirst()
        // A tab behind the mark stands for the first column of a list.
        return value.contains(where: { !" \t".contains($0) }) ? String(value) : nil
    }

    private static func cells(_ text: String) -> [String] {
        let mark = ["\t", ";", ","].first { text.contains($0) }
        guard let mark else { return [text.trimmingBlanks()] }
        return text.components(separatedBy: mark).map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        }
    }

    /// The texts of the first member of that name, at any depth.
    private static func member(_ key: String, of value: DocumentValue) -> [String]? {
        switch value.content {
        case .object(let members):
            for member in members where member.key.lowercased() == key {
                return texts(member.value)
            }
            for member in members {
                if let found = Self.member(key, of: member.value) { return found }
            }
            return nil
        case .array(let values):
            return values.lazy.compactMap { Self.member(key, of: $0) }.first
        default: return nil
        }
    }

    private static func texts(_ value: DocumentValue) -> [String] {
        switch value.content {
        case .string(let text): [text]
        case .integer(let number): [String(number)]
        case .number(let number): ["\(number)"]
        case .boolean(let flag): [String(flag)]
        case .array(let values): values.flatMap(texts)
        case .null, .object: []
        }
    }

    // MARK: - Values

    private func list(_ value: Value, _ table: borrowing DelimitedTable) -> [String] {
        value.texts
            ?? table.cells(of: Array(value.text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    private func number(
        of value: Value, _ expected: String, _ isRight: (Double) -> Bool
    ) throws(IngestError) -> Double {
        guard let number = LeadingNumber.read(value.text), isRight(number) else {
            throw IngestError(
                .invalidCell(expected: expected, found: value.text.trimmingBlanks()),
                at: SourceLocation(file: file, line: value.line),
                hint: "\"stated\" in the template may name another line")
        }
        return number
    }

    /// The length of the unit behind a number; that of the form's next word where it names one.
    private static func seconds(inUnitOf text: String, _ rest: String) -> Double? {
        func word(_ text: String) -> String {
            let letters = text.drop { !$0.isLetter || "eE".contains($0) }.prefix { $0.isLetter }
            return letters.lowercased()
        }
        let own = word(text)
        return own.isEmpty ? seconds(word(rest)) ?? 1 : seconds(own)
    }

    private static func seconds(_ unit: String) -> Double? {
        switch unit {
        case "", "s", "sec", "second", "seconds": return 1
        case "ms", "msec", "millisec", "milliseconds": return 1e-3
        case "us", "usec", "microsec", "microseconds", "\u{B5}s", "\u{3BC}s": return 1e-6
        case "min", "minutes": return 60
        default: return nil
        }
    }
}
