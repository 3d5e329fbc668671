internal import EMGSignal
internal import HDF5

/// What a layout's facts amount to in a file.
struct HDF5Facts {
    let source: HDF5Source
    let options: ReadOptions
    private(set) var warnings: [IngestWarning] = []

    init(_ source: HDF5Source, options: ReadOptions) {
        self.source = source
        self.options = options
    }

    /// The numbers of a fact.
    func numbers(_ fact: HDF5Layout.Fact) throws(IngestError) -> [Double] {
        switch fact {
        case .number(let number): return [number]
        case .text(let text):
            throw mismatch("a number", "\"\(text)\"", fact)
        case .attribute(let name, let object):
            let value = try source.attempt { (file) throws(HDF5Error) in
                try file.attribute(name, of: object)
            }
            guard let value else { throw mismatch("the attribute \(name)", "none", fact) }
            guard case .numbers(let numbers) = value else {
                throw mismatch("a number", value.summary, fact)
            }
            return numbers
        case .dataset(let name):
            return try source.attempt { (file) throws(HDF5Error) in
                let column = try HDF5Column(name, in: file)
                return try column.read(0..<min(column.count, 1 << 16))
            }
        }
    }

    /// The texts of a fact; whole numbers as they would be written.
    func texts(_ fact: HDF5Layout.Fact) throws(IngestError) -> [String] {
        switch fact {
        case .number(let number): return [Self.text(of: number)]
        case .text(let text): return [text]
        case .attribute(let name, let object):
            let value = try source.attempt { (file) throws(HDF5Error) in
                try file.attribute(name, of: object)
            }
            switch value {
            case .texts(let texts): return texts
            case .numbers(let numbers): return numbers.map(Self.text)
            case nil: throw mismatch("the attribute \(name)", "none", fact)
            case let other?: throw mismatch("texts", other.summary, fact)
            }
        case .dataset(let name):
            if try source.metadata(of: name).kind == .numbers {
                return try numbers(fact).map(Self.text)
            }
            return try source.attempt { (file) throws(HDF5Error) in
                let texts = try file.texts(name)
                return try texts.read(0..<min(texts.count, 1 << 16))
            }
        }
    }

    /// The one text of a fact.
    func text(_ fact: HDF5Layout.Fact) throws(IngestError) -> String {
        let texts = try texts(fact)
        guard texts.count == 1, let text = texts.first else {
            throw mismatch("one text", "\(texts.count)", fact)
        }
        return text
    }

    /// The sampling rate that a fact gives, when the caller gives none.
    mutating func rate(_ fact: HDF5Layout.Fact?) throws(IngestError) -> StreamMetadata.Rate? {
        guard let fact else { return nil }
        do throws(IngestError) {
            let numbers = try numbers(fact)
            guard numbers.count == 1, let hertz = numbers.first else {
                throw mismatch("one rate", "\(numbers.count)", fact)
            }
            do throws(SignalError) {
                return .declared(try SamplingRate(hertz: hertz), by: Self.words(fact))
            } catch {
                throw IngestError(
                    .unknownRate(reason: "\(Self.words(fact)) is \(hertz)"), at: place(fact),
                    hint: "declare the sampling rate in hertz, above 0 and at most 1000000 (--rate)"
                )
            }
        } catch {
            guard options.samplingRateHertz != nil else {
                if case .unknownRate = error.kind { throw error }
                throw IngestError(
                    .unknownRate(reason: "\(Self.words(fact)): \(error.fault)"), at: place(fact),
                    hint: IngestError.declareRateHint)
            }
            warnings.append(
                IngestWarning(
                    .headerFault, at: place(fact),
                    message: "not used, as the rate is declared: \(error.fault)"))
            return nil
        }
    }

    /// A factor or offset for each channel.
    func perChannel(
        _ fact: HDF5Layout.Fact?, count: Int, usual: Double
    ) throws(IngestError) -> [Double] {
        guard let fact else { return [Double](repeating: usual, count: count) }
        let numbers = try numbers(fact)
        guard numbers.allSatisfy(\.isFinite), !(usual == 1 && numbers.contains(0)) else {
            throw mismatch("finite numbers\(usual == 1 ? " other than 0" : "")", "others", fact)
        }
        if numbers.count == 1, let number = numbers.first {
            return [Double](repeating: number, count: count)
        }
        guard numbers.count == count else {
            throw mismatch("one number or \(count), one a channel", "\(numbers.count)", fact)
        }
        return numbers
    }

    /// Where a fact stands, in words.
    static func words(_ fact: HDF5Layout.Fact) -> String {
        switch fact {
        case .number, .text: "template"
        case .attribute(let name, let object): "attribute \(object)@\(name)"
        case .dataset(let name): "dataset \(name)"
        }
    }

    private func mismatch(
        _ expected: String, _ found: String, _ fact: HDF5Layout.Fact
    ) -> IngestError {
        IngestError(.inconsistent(expected: expected, found: found), at: place(fact))
    }

    private func place(_ fact: HDF5Layout.Fact) -> SourceLocation {
        switch fact {
        case .number, .text: source.location()
        case .attribute(let name, let object): source.location(object, field: name)
        case .dataset(let name): source.location(name)
        }
    }

    private static func text(of number: Double) -> String {
        Int64(exactly: number).map { String($0) } ?? "\(number)"
    }
}
