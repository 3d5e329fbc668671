private import ErrorReports
internal import HDF5

/// Errors of the HDF5 library in words of this one.
enum MATLABFault {
    static func translated<Result>(
        file: String, _ body: () throws(HDF5Error) -> Result
    ) throws(IngestError) -> Result {
        do throws(HDF5Error) {
            return try body()
        } catch {
            if let fault = error.machineFault { throw IngestError(fault) }
            let place = SourceLocation(
                file: file, object: error.location.object.isEmpty ? nil : error.location.object)
            let kind: IngestError.Kind =
                switch error.kind {
                case .unreadable(let reason): .unreadable(reason: reason)
                case .unexpectedType, .link, .newerVersion:
                    .unsupported(feature: "a variable that \(error.kind)")
                default: .malformed(expected: "a whole HDF5 file", found: "\(error.kind)")
                }
            throw IngestError(kind, at: place, hint: error.hint)
        }
    }
}
