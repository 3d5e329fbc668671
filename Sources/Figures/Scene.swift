/// A figure as shapes, ready to be written.
struct Scene: Sendable, Hashable {
    let size: FigureSize
    let title: String
    let summary: String
    let shapes: [Shape]
}
