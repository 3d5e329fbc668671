import Documents
import EMGSignal

extension WindowTableHead {
    /// The head as files tell it.
    var document: DocumentValue {
        .object([
            "format": .string(Self.format), "format_version": .integer(Self.formatVersion),
            "content": .string(content.rawValue), "window_length": .integer(length),
            "stride": .integer(stride), "label_rule": .string(labelRule),
            "sampling_rate_hz": .number(samplingRate), "classes": .strings(classes),
            "channels": .strings(channels.map(\.name)), "units": .strings(channels.map(\.unit)),
            "features": .strings(featureNames), "quality_excluded": .strings(excluded),
            "recordings": .array(recordings.map(\.document)),
            "software": .string(SoftwareVersion.text),
        ])
    }

    /// Reads the head of a part.
    ///
    /// - Parameters:
    ///   - cursor: What ``document`` gave.
    ///   - firstRecording: The number of its first recording in the table.
    /// - Throws: `DocumentError` that says what is wrong where.
    init(_ cursor: DocumentCursor, firstRecording: Int) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "format", "format_version", "content", "window_length", "stride", "label_rule",
            "sampling_rate_hz", "classes", "channels", "units", "features", "quality_excluded",
            "recordings", "software",
        ])
        let format = try object.required("format")
        guard try format.string() == Self.format else {
            throw format.error(expected: "\"\(Self.format)\"")
        }
        _ = try object.required("format_version").integer(in: 1...Self.formatVersion)
        let software = try object.required("software")
        guard try software.string() == SoftwareVersion.text else {
            throw software.error(
                expected: "\"\(SoftwareVersion.text)\"",
                hint: "write the parts again with the software that puts them together")
        }
        content = try object.required("content").choice(of: Content.self)
        length = try object.required("window_length").integer(in: 1 ... .max)
        stride = try object.required("stride").integer(in: 1 ... .max)
        labelRule = try object.required("label_rule").string()
        samplingRate = try object.required("sampling_rate_hz").number()
        classes = try object.required("classes").texts()
        let units = try object.required("units")
        let (names, unitNames) = (try object.required("channels").texts(), try units.texts())
        guard names.count == unitNames.count else {
            throw units.error(expected: "as many as channels")
        }
        channels = zip(names, unitNames).map { Channel(name: $0, unit: $1) }
        featureNames = try object.required("features").texts()
        excluded = try object.required("quality_excluded").texts()
        var recordings: [Origin] = []
        for cursor in try object.required("recordings").array() {
            recordings.append(try Origin(cursor))
        }
        self.recordings = recordings
        self.firstRecording = firstRecording
        windowCount = recordings.reduce(0) { $0 + $1.windows }
    }
}

extension WindowTableHead.Origin {
    /// The recording as files tell it.
    fileprivate var document: DocumentValue {
        .object([
            "id": .string(id), "sampling_rate_hz": .number(samplingRate),
            "sample_count": .integer(sampleCount), "window_length": .integer(windowLength),
            "windows": .integer(windows), "left_out": .counts(leftOut),
            "source_name": .string(source), "source_sha256": .string(sourceSHA256),
        ])
    }

    fileprivate init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "id", "sampling_rate_hz", "sample_count", "window_length", "windows", "left_out",
            "source_name", "source_sha256",
        ])
        id = try object.required("id").string()
        samplingRate = try object.required("sampling_rate_hz").number()
        sampleCount = try object.required("sample_count").integer(in: 0 ... .max)
        windowLength = try object.required("window_length").integer(in: 1 ... .max)
        windows = try object.required("windows").integer(in: 0...Int(UInt32.max))
        var leftOut: [String: Int] = [:]
        for (kind, count) in try object.required("left_out").object().entries {
            leftOut[kind] = try count.integer(in: 0 ... .max)
        }
        self.leftOut = leftOut
        source = try object.required("source_name").string()
        sourceSHA256 = try object.required("source_sha256").string()
    }
}

extension DocumentCursor {
    /// The value as a list of texts.
    func texts() throws(DocumentError) -> [String] {
        var texts: [String] = []
        for cursor in try array() { texts.append(try cursor.string()) }
        return texts
    }
}
