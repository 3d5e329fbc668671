import HDF5

extension RecordingContents {
    /// What opening a file gives.
    enum Opened: Sendable {
        case recording
        case otherFormat(String?)
        case otherVersion(Int)
    }

    /// Looks at what a file says it is.
    static func format(of file: borrowing File) throws(HDF5Error) -> Opened {
        guard try file.hasAttribute("format", of: "/") else { return .otherFormat(nil) }
        let format = try file.text("format", of: "/")
        guard format == RecordingNames.format else { return .otherFormat(format) }
        let version = try file.number("format_version", of: "/", as: Int64.self)
        guard version == RecordingNames.formatVersion else {
            return .otherVersion(Int(version))
        }
        return .recording
    }

    /// Reads the attributes of a file and of its signal: those of a recording without labels,
    /// time stamps and quality intervals.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - shape: Samples and channels of its signal.
    /// - Throws: ``HDF5Error`` when one is missing or of another type.
    init(_ file: borrowing File, shape: [Int]) throws(HDF5Error) {
        patient = try file.text("patient", of: "/")
        session = try file.text("session", of: "/")
        condition = try file.text("condition", of: "/")
        run = try file.text("run", of: "/")
        samplingRate = try file.number("sampling_rate_hz", of: "/", as: Double.self)
        effectiveRate = try file.number("effective_rate_hz", of: "/", as: Double.self)
        unit = try file.text("unit", of: "/")
        software = try file.text("software", of: "/")
        sourceName = try file.text("source_name", of: "/")
        sourceSHA256 = try file.text("source_sha256", of: "/")
        history = try file.text("history", of: "/")
        contentSHA256 =
            try file.hasAttribute("content_sha256", of: "/")
            ? try file.text("content_sha256", of: "/") : nil
        let signal = RecordingNames.signal
        channelNames = try file.texts("channel_names", of: signal)
        channelUnits = try file.texts("channel_units", of: signal)
        scale = try file.numbers("scale", of: signal, as: Double.self)
        offset = try file.numbers("offset", of: signal, as: Double.self)
        self.shape = shape
        classNames = nil
        hasTimeStamps = false
        quality = []
    }

    /// Writes the attributes of the file itself.
    func writeRoot(to file: borrowing File) throws(HDF5Error) {
        try file.setText(RecordingNames.format, "format", of: "/")
        try file.setNumber(Int64(RecordingNames.formatVersion), "format_version", of: "/")
        try file.setText(patient, "patient", of: "/")
        try file.setText(session, "session", of: "/")
        try file.setText(condition, "condition", of: "/")
        try file.setText(run, "run", of: "/")
        try file.setNumber(samplingRate, "sampling_rate_hz", of: "/")
        try file.setNumber(effectiveRate, "effective_rate_hz", of: "/")
        try file.setText(unit, "unit", of: "/")
        try file.setText(software, "software", of: "/")
        try file.setText(sourceName, "source_name", of: "/")
        try file.setText(sourceSHA256, "source_sha256", of: "/")
        try file.setText(history, "history", of: "/")
    }

    /// Writes the attributes of the datasets, which are there.
    func writeDatasetAttributes(to file: borrowing File) throws(HDF5Error) {
        let signal = RecordingNames.signal
        try file.setTexts(channelNames, "channel_names", of: signal)
        try file.setTexts(channelUnits, "channel_units", of: signal)
        try file.setNumbers(scale, "scale", of: signal)
        try file.setNumbers(offset, "offset", of: signal)
        if let classNames {
            try file.setTexts(classNames, "class_names", of: RecordingNames.labels)
        }
        if !targets.isEmpty {
            try file.setTexts(targets.map(\.name), "names", of: RecordingNames.targets)
        }
        for target in targets {
            try file.setText(target.unit, "unit", of: target.path)
            try file.setTexts(target.dimensions, "dimensions", of: target.path)
        }
        try file.setTexts(
            RecordingNames.qualityColumns, "columns", of: RecordingNames.quality)
    }
}
