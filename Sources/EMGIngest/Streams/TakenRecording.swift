package import EMGSignal
package import Foundation
/// stub until intake lands
package struct TakenRecording: Sendable {
    package let header: RecordingHeader
    package let rows: Recording
    package let warnings: [IngestWarning]
}
extension Intake {
    package func take(_ url: URL, progress: (Double) -> Void) throws(IngestError) -> [TakenRecording] {
        let o = try read(url)
        let r = o.recording
        return [TakenRecording(header: RecordingHeader(identity: r.identity, channels: r.channels, samplingRate: r.samplingRate, effectiveRate: r.effectiveRate, sampleCount: r.sampleCount, classNames: r.labels?.classNames, hasTimeStamps: r.timeStamps != nil, quality: r.quality, source: r.source, history: r.history, scaling: o.scaling, software: SoftwareVersion.text), rows: r, warnings: o.warnings)]
    }
    package var memoryBudget: Int { get { 0 } set {} }
    package var spoolFolder: URL? { get { nil } set {} }
}
extension SourceTemplate {
    package static let shipped: [SourceTemplate] = []
    package var summary: String { "" }
}
extension ReaderRegistry {
    package static func standard(with template: SourceTemplate?) -> ReaderRegistry { standard }
}
