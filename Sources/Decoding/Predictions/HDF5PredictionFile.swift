private import EMGArchive
private import EMGSignal
private import Files
internal import Foundation
private import HDF5

/// Predictions as an HDF5 file: `/sample`, `/class`, `/output`, `/state`, `/velocity` and
/// `/probabilities`, one row each; −1 is no class.
struct HDF5PredictionFile: PredictionFile {
    let head: PredictionHead

    init(_ head: PredictionHead) { self.head = head }

    func write(to url: URL, _ rows: inout PredictionRows) throws(PredictionFault) {
        try AtomicFile.write(to: url) { (partial) throws(PredictionFault) in
            do {
                let file = try OpenFile.creating(partial)
                try file.step { (file) throws(HDF5Error) in try describe(file) }
                try fill(file, &rows)
                try file.close()
            } catch let error as HDF5Error {
                throw PredictionFault(error, at: url.path(percentEncoded: false))
            } catch let error as PredictionFault {
                throw error
            } catch {
                throw .decoding(
                    DecodingError(
                        .inputOutput(reason: "\(error)"), at: url.path(percentEncoded: false)))
            }
        }
    }

    private func fill(_ file: OpenFile, _ rows: inout PredictionRows) throws {
        let count = [head.count]
        var sample = try file.createDataset(
            "/sample", of: Int64.self, shape: count, layout: .contiguous)
        var likeliest = try file.createDataset(
            "/class", of: Int16.self, shape: count, layout: .contiguous)
        var output = try file.createDataset(
            "/output", of: Int16.self, shape: count, layout: .contiguous)
        var state = try file.createDataset(
            "/state", of: UInt8.self, shape: count, layout: .contiguous)
        var velocity = try file.createDataset(
            "/velocity", of: Double.self, shape: count, layout: .contiguous)
        var probabilities = try file.createDataset(
            "/probabilities", of: Double.self, shape: count + [head.classes.count],
            layout: .contiguous)
        let states = ControlOutput.State.allCases
        while try rows.next() {
            try sample.append(rows.decisions.map { Int64($0.sample) })
            try likeliest.append(rows.decisions.map { Int16($0.likeliestClass ?? -1) })
            try output.append(rows.decisions.map { Int16($0.output.label ?? -1) })
            try state.append(
                rows.decisions.map { UInt8(states.firstIndex(of: $0.output.state) ?? 0) })
            try velocity.append(rows.decisions.map(\.output.velocity))
            try probabilities.append(rows.probabilities)
        }
        try sample.finish()
        try likeliest.finish()
        try output.finish()
        try state.finish()
        try velocity.finish()
        try probabilities.finish()
    }

    private func describe(_ file: borrowing File) throws(HDF5Error) {
        for (name, text) in [
            ("format", PredictionHead.format), ("software", SoftwareVersion.text),
            ("recording", head.recording), ("rows", head.rows.rawValue),
            ("source_name", head.source.name), ("source_sha256", head.source.sha256),
            ("bundle_sha256", head.bundle),
        ] { try file.setText(text, name, of: "/") }
        try file.setNumber(Int64(PredictionHead.formatVersion), "format_version", of: "/")
        try file.setNumber(Int64(head.sampleCount), "sample_count", of: "/")
        try file.setNumber(head.samplingRate.hertz, "sampling_rate_hz", of: "/")
        try file.setTexts(head.classes, "class_names", of: "/")
        try file.setTexts(
            ControlOutput.State.allCases.map(\.rawValue), "state_names", of: "/")
    }
}
