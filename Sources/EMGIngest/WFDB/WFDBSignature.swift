/// Whether text is certainly a header.
enum WFDBSignature {
    static func isHeader(_ prefix: [UInt8]) -> Bool {
        guard !prefix.contains(0) else { return false }
        var lines = WFDBLines(prefix)
        guard let record = lines.next(), let first = lines.next() else { return false }
        let fields = record.text.split { $0 == " " || $0 == "\t" }
        guard (2...6).contains(fields.count), let count = Int(fields[1]), count > 0 else {
            return false
        }
        let parts = first.text.split { $0 == " " || $0 == "\t" }
        guard parts.count >= 2 else { return false }
        let names = fields[0].split(separator: "/", omittingEmptySubsequences: false)
        if names.count == 2 {
            return Int(names[1]) != nil && parts.count == 2 && Int(parts[1]) != nil
        }
        // A table of numbers has no names in it.
        guard names.count == 1, parts[0] == "~" || parts[0].contains(where: \.isLetter) else {
            return false
        }
        let format = parts[1].prefix { $0.isASCII && $0.isNumber }
        let next = parts[1].dropFirst(format.count).first
        return [8, 16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 516, 524].contains(Int(format))
            && (next.map { "x:+".contains($0) } ?? true)
    }
}
