import '../shared/tokens.css';
import '../shared/ui.css';
import './room.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';

createRoot(document.getElementById('root')!).render(<App />);
